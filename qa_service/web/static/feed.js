// A question to follow: its address and each citation can be copied.

import { offerCopying } from "./copying.js";

offerCopying();
