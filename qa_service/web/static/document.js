// Brings the quote into view: a citation's address names offsets, which browsers cannot scroll to.

const quote = document.getElementById("quote");

function showQuote() {
  quote.scrollIntoView({ block: "center" });
  quote.focus({ preventScroll: true });
}

if (quote && !location.hash) showQuote();
