// A document on a page of its own. Citations name offsets, to which browsers cannot scroll.

import { offerSource } from "./source_view.js";

offerSource(document.getElementById("source"))();
