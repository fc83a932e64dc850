// Takes away what the server makes of what this browser sends it.

import { post } from "./asking.js";
import { _ } from "./words.js";

const NO_SERVER = _("The server cannot be reached, so no file was made. Try again.");
const FILE_NAME = /filename="?([^";]+)/;

/** Saves the file that an address makes of a body: its `name`, or the `problem` that was told. */
export async function saveFrom(address, body) {
  try {
    const response = await post(address, body);
    if (!response.ok) return { problem: (await response.json()).detail };
    const [, name] = response.headers.get("Content-Disposition").match(FILE_NAME);
    download(await response.blob(), name);
    return { name };
  } catch {
    return { problem: NO_SERVER };
  }
}

function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
