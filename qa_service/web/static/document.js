// Brings the quote into view: a citation's address names offsets, which browsers cannot scroll to.

const quote = document.getElementById("quote");
const jump = document.getElementById("jump");

function showQuote() {
  quote.scrollIntoView({ block: "center" });
  quote.focus({ preventScroll: true });
}

/** The way back to the quote is offered only where the quote is out of sight. */
function offerWayBack() {
  jump.classList.add("floating");
  const sight = new IntersectionObserver(([entry]) => { jump.hidden = entry.isIntersecting; });
  sight.observe(quote);
  jump.addEventListener("click", (event) => {
    event.preventDefault();
    showQuote();
  });
}

if (quote) {
  showQuote();
  offerWayBack();
}
