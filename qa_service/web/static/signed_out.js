/** What the tab remembers goes too: not every browser counts that as storage of the site. */
try {
  sessionStorage.clear();
} catch {
  // The browser keeps nothing.
}
