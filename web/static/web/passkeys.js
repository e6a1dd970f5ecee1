// Shows the buttons where the browser knows passkeys, and says kindly where something went wrong.
"use strict";

if (window.PublicKeyCredential) {
  for (const button of document.querySelectorAll("#passkey-add, #passkey-login")) button.hidden = false;
}
document.addEventListener("allauth.error", (happened) => {
  happened.preventDefault();
  document.getElementById("passkey-problem").hidden = false;
});
