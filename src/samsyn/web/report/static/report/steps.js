// One thing at a time: shows a step, remembers the way back for the phone's own back button.

export class Steps {
  constructor(onShow) {
    this.sections = new Map([...document.querySelectorAll("[data-step]")].map((one) => [one.dataset.step, one]));
    this.onShow = onShow;
    this.current = "";
    addEventListener("popstate", (event) => this.show(event.state?.step ?? "what"));
  }

  start(step) {
    history.replaceState({ step }, "");
    this.show(step, { focus: false });
  }

  go(step) {
    if (step === this.current) return;
    history.pushState({ step }, "");
    this.show(step);
  }

  // After something is sent there is no way back into it.
  replace(step) {
    history.replaceState({ step }, "");
    this.show(step);
  }

  show(step, { focus = true } = {}) {
    if (!this.sections.has(step)) return;
    this.current = step;
    for (const [name, section] of this.sections) section.hidden = name !== step;
    this.onShow(step);
    scrollTo(0, 0);
    if (focus) this.sections.get(step).querySelector("h2")?.focus();
  }
}
