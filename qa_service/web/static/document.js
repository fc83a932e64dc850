// A document on a page of its own. Citations name offsets, to which browsers cannot scroll.

import { offerCopying } from "./copying.js";
import { offerSource } from "./source_view.js";

offerCopying();
offerSource(document.getElementById("source"))();
