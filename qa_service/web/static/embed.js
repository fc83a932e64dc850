// Puts the chat on another site: <script src="https://…/embed.js" data-label="Ask us" async></script>
// A button opens a panel with the chat in a frame. Nothing of the page's styles gets in, nothing
// of ours gets out: what is important in here comes before what is important on the page, lengths
// are those of our own letters, and the top layer is above whatever the page lifts or moves.

(() => {
  const script = document.currentScript ?? document.querySelector('script[src$="/embed.js"]');
  const address = new URL("embed", script.src);
  const label = script.dataset.label || "Ask the documents";
  const NOT_SHOWN =
    "The chat cannot be shown on this site. Whoever runs it can allow that (setting embed_origins).";
  const READY_WITHIN_MILLISECONDS = 4000;
  const STYLES = `
    :host { all: initial !important; display: block !important; }
    :host::before, :host::after, :host::backdrop { display: none !important; }
    .open, .panel { color-scheme: light dark;
      --paper: light-dark(#fbfaf7, #14181a); --ink: light-dark(#1d2428, #e7e9e8);
      --line: light-dark(#8a8f8c, #6b7377); --accent: light-dark(#0f5c63, #7fd0d4);
      --accent-ink: light-dark(#ffffff, #072426); }
    .panel, button {
      font: medium/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
    [hidden] { display: none !important; }
    button { font-weight: 600; cursor: pointer; border: 1px solid transparent; }
    button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    .open { position: fixed; z-index: 2147483646; inset-block-end: 1em; inset-inline-end: 1em;
      padding: 0.7em 1.25em; color: var(--accent-ink); background: var(--accent);
      border-radius: 2em; box-shadow: 0 4px 18px rgb(0 0 0 / 0.3); }
    .panel { position: fixed; z-index: 2147483647; inset-block-end: 1em; inset-inline-end: 1em;
      display: flex; flex-direction: column; box-sizing: border-box;
      width: min(30em, calc(100vw - 2em)); height: min(46em, calc(100dvh - 2em));
      color: var(--ink); background: var(--paper); border: 1px solid var(--line);
      border-radius: 0.9em; box-shadow: 0 12px 48px rgb(0 0 0 / 0.35); overflow: hidden; }
    .bar { display: flex; align-items: center; justify-content: space-between; gap: 1em;
      padding: 0.5em 0.6em 0.5em 1em; border-bottom: 1px solid var(--line); }
    .bar h2 { margin: 0; font-size: 1em; }
    .close { padding: 0.25em 0.8em; color: var(--ink); background: none;
      border-color: var(--line); border-radius: 0.5em; }
    .close:hover, .open:hover { filter: brightness(1.1); }
    iframe { flex: 1; width: 100%; min-height: 0; border: 0; }
    p { margin: 1em; }
    @media (max-width: 34rem) {
      .panel { inset: 0; width: auto; height: auto; border: 0; border-radius: 0; }
    }
    @media print { :host { display: none !important; } }
  `;

  function made(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  const open = made("button", { type: "button", className: "open" }, label);
  const close = made("button", { type: "button", className: "close" }, "Close");
  const title = made("h2", { id: "title" }, label);
  const notShown = made("p", { hidden: true }, NOT_SHOWN);
  notShown.setAttribute("role", "alert");
  const panel = made(
    "section", { className: "panel", hidden: true },
    made("div", { className: "bar" }, title, close), notShown,
  );
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-labelledby", "title");
  open.setAttribute("aria-haspopup", "dialog");
  open.setAttribute("aria-expanded", "false");
  let frame = null;
  let ready = false;

  function show() {
    panel.hidden = false;
    open.hidden = true;
    open.setAttribute("aria-expanded", "true");
    if (!frame) load();
    close.focus();
    takeFocus();
  }

  function hide() {
    panel.hidden = true;
    open.hidden = false;
    open.setAttribute("aria-expanded", "false");
    open.focus();
  }

  /** The chat is fetched when somebody first opens it. */
  function load() {
    frame = made("iframe", { src: address.href, title: label, allow: "clipboard-write" });
    panel.append(frame);
    setTimeout(() => {
      if (ready) return;
      notShown.hidden = false;
      frame.hidden = true;
    }, READY_WITHIN_MILLISECONDS);
  }

  function takeFocus() {
    if (!ready) return;
    frame.focus();
    frame.contentWindow.postMessage({ type: "qa-service:focus" }, address.origin);
  }

  window.addEventListener("message", ({ source, origin, data }) => {
    if (!frame || source !== frame.contentWindow || origin !== address.origin) return;
    if (data?.type === "qa-service:close") hide();
    if (data?.type !== "qa-service:ready") return;
    ready = true;
    notShown.hidden = true;
    frame.hidden = false;
    if (!panel.hidden) takeFocus();
  });
  open.addEventListener("click", show);
  close.addEventListener("click", hide);
  panel.addEventListener("keydown", ({ key }) => { if (key === "Escape") hide(); });

  function put() {
    const host = made("div", { id: "qa-service-chat" });
    const shadow = host.attachShadow({ mode: "open" });
    // A sheet made by script is none of the inline styles that a page's policy may forbid.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(open, panel);
    host.popover = "manual";
    document.body.append(host);
    host.showPopover?.();
  }

  if (document.body) put();
  else document.addEventListener("DOMContentLoaded", put);
})();
