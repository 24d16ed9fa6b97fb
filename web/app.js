// SPDX-License-Identifier: Apache-2.0
// What makes our pages pleasanter where there is JavaScript. Nothing depends on it.

/** Every `.password` gets a button that shows what was typed, and hides it again when the form is sent. */
function addReveal(box) {
    const input = box.querySelector("input");
    const label = box.closest(".field").querySelector("label").textContent.trim().toLowerCase();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "reveal";
    const show = (shown) => {
        input.type = shown ? "text" : "password";
        button.textContent = shown ? "Hide" : "Show";
        button.setAttribute("aria-label", `${button.textContent} ${label}`);
    };
    button.addEventListener("click", () => show(input.type === "password"));
    input.form?.addEventListener("submit", () => show(false));
    show(false);
    box.append(button);
}

/** `<time datetime>` holds UTC; shows it in the reader's own zone and manner. */
function localise(time) {
    const date = new Date(time.dateTime);
    if (Number.isNaN(date.valueOf())) {
        return;
    }
    time.title = time.textContent;
    time.textContent = date.toLocaleString(document.documentElement.lang || undefined, {
        dateStyle: "medium",
        timeStyle: "short",
    });
}

document.querySelectorAll(".password").forEach(addReveal);
document.querySelectorAll("time[datetime]").forEach(localise);
