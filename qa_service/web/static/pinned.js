// On every page: quotes can be pinned, and the head says how many are.

import { offerPins } from "./pins.js";

document.documentElement.classList.add("with-scripts");
offerPins();
