// The chat inside a frame of another site (see embed.js): says that it is there, takes the focus
// when it is shown, and lets Escape close the frame once nothing else is left to close.

function tell(type) {
  // Any site may hear this; it says nothing.
  window.parent.postMessage({ type: `qa-service:${type}` }, "*");
}

window.addEventListener("message", ({ source, data }) => {
  if (source !== window.parent || data?.type !== "qa-service:focus") return;
  if (document.activeElement === document.body) document.getElementById("question").focus();
});

window.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  tell("close");
});

if (window.parent !== window) tell("ready");
