"use strict";
(() => {
  const form = document.getElementById("filter");
  const shown = document.getElementById("shown");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const facts = [...document.querySelectorAll(".fact")].map((element) => ({
    element,
    text: plain(element.textContent),
    // Places of values among the options, each after the place of its list: "0.3 2.14".
    has: new Set((element.dataset.f ?? "").split(" ")),
  }));
  const fields = [...form.elements].filter((each) => each.name);
  const lists = fields.filter((each) => each.name !== "q");
  const holders = [...document.querySelectorAll(".group, .part")];

  const apply = () => {
    const words = plain(form.elements.q.value).split(/\s+/).filter(Boolean);
    const chosen = lists.flatMap((each, place) => each.value ? [`${place}.${each.selectedIndex}`] : []);
    let count = 0;
    for (const fact of facts) {
      const matches = words.every((word) => fact.text.includes(word))
        && chosen.every((each) => fact.has.has(each));
      fact.element.hidden = !matches;
      count += matches;
    }
    for (const holder of holders) holder.hidden = !holder.querySelector(".fact:not([hidden])");
    shown.value = `${count} of ${facts.length} facts`;
  };
  const remember = () => {
    const state = new URLSearchParams(fields.filter((each) => each.value).map((each) => [each.name, each.value]));
    history.replaceState(null, "", `#${state}`);
  };
  const recall = () => {
    const hash = location.hash.slice(1);
    if (hash.includes("=")) {
      const state = new URLSearchParams(hash);
      for (const each of fields) each.value = state.get(each.name) ?? "";
    }
    apply();
  };
  form.addEventListener("input", () => { apply(); remember(); });
  form.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", recall);
  form.hidden = false;
  recall();
})();
