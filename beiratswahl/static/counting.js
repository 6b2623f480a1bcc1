// The counting door: sums that follow the typing, and the step of the evening in sight. Everything works without this script.
"use strict";

// sums that follow the typing
function amountOf(name) {
  const input = document.querySelector(`input[name="${CSS.escape(name)}"]`);
  const words = input ? input.value.trim().replaceAll(".", "") : "";
  return /^[0-9]{1,6}$/.test(words) ? Number(words) : 0;
}

function addUp() {
  for (const output of document.querySelectorAll("output[data-terms]")) {
    const terms = output.dataset.terms.split(" ");
    const sum = terms.reduce((total, term) => total + (term.startsWith("-") ? -amountOf(term.slice(1)) : amountOf(term)), 0);
    output.textContent = sum.toLocaleString("de-DE");
  }
}

document.querySelector(".bw-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
if (document.querySelector("output[data-terms]")) {
  document.addEventListener("input", addUp);
  document.addEventListener("focusin", (event) => event.target.dataset?.amount !== undefined && event.target.select());
}
