// Sharing as the device does it. Without this script the links and the address are there all the same.
"use strict";

for (const box of document.querySelectorAll(".share")) {
  const { address, title } = box.dataset;
  const share = box.querySelector("[data-do=share]");
  const copy = box.querySelector("[data-do=copy]");

  if (share && navigator.share) {
    share.hidden = false;
    // Whoever closes the sheet of the device has changed their mind: no error.
    share.addEventListener("click", () => navigator.share({ title, url: address }).catch(() => {}));
  }
  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      const field = box.querySelector("input, textarea");
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        box.querySelector("[role=status]").textContent = copy.dataset.done;
      } catch {
        // The browser said no; the address stays selected, to be copied by hand.
      }
    });
  }
}
