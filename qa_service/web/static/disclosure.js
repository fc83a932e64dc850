// Lets an open <details> close as a menu does: by Escape, by a click elsewhere, and when the focus goes on.

export function closeLikeAMenu(details) {
  const close = () => { details.open = false; };
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    event.stopPropagation();
    close();
    details.querySelector("summary").focus();
  });
  details.addEventListener("focusout", ({ relatedTarget: next }) => {
    if (next && !details.contains(next)) close();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!details.contains(event.target)) close();
  });
}
