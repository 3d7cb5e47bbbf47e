// The panel beside the pages: four parts under tabs, of which one shows at a time.

import { byId } from "./dom.js";

const PARTS = ["messages", "steps", "comparison", "card"];

const tabOf = (part) => byId(`tab-${part}`);
const bodyOf = (part) => byId(`panel-${part}`);

export function createPanel({ setOpen, onComparison }) {
  function select(part, { focus = false } = {}) {
    for (const each of PARTS) {
      const chosen = each === part;
      tabOf(each).setAttribute("aria-selected", String(chosen));
      tabOf(each).tabIndex = chosen ? 0 : -1;
      bodyOf(each).hidden = !chosen;
    }
    if (part === "comparison") onComparison();
    if (focus) tabOf(part).focus();
  }

  function open(part) {
    setOpen(true);
    select(part);
  }

  function offerCard(offered) {
    tabOf("card").hidden = !offered;
    if (!offered && !bodyOf("card").hidden) select("messages");
  }

  function moveTab(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const parts = PARTS.filter((part) => !tabOf(part).hidden);
    const index = parts.findIndex((part) => tabOf(part) === event.target);
    select(parts.at((index + step) % parts.length), { focus: true });
    event.preventDefault();
  }

  for (const part of PARTS) {
    tabOf(part).addEventListener("click", () => select(part));
    tabOf(part).addEventListener("keydown", moveTab);
  }
  byId("panel-close").addEventListener("click", () => {
    setOpen(false);
    byId("toggle-panel").focus();
  });

  return { open, offerCard };
}
