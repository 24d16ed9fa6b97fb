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

/** Every `.copy` gets a button that copies its text; browsers offer that over https and on localhost alone. */
function addCopy(box) {
    if (!navigator.clipboard) {
        return;
    }
    const text = box.querySelector("code").textContent;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = "Copy";
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
        try {
            await navigator.clipboard.writeText(text);
            button.textContent = "Copied";
        } catch {
            button.textContent = "Please copy it by hand";
        }
    });
    box.append(button);
}

/** The code of an invitation comes behind the `#` of a link, which no server sees or logs. */
function fillInvitation(input) {
    if (location.hash.length > 1) {
        input.value = location.hash.slice(1);
        history.replaceState(null, "", location.pathname + location.search);
    }
}

/** A second click, while the answer is on its way, would send a form twice. */
function sendOnce(form) {
    let isSent = false;
    form.addEventListener("submit", (event) => {
        if (isSent) {
            event.preventDefault();
            return;
        }
        isSent = true;
        setTimeout(() => {
            isSent = false;
        }, 3000);
    });
}

/** `<time datetime>` holds UTC; shows it in the reader's own zone and manner. */
function localise(time) {
    const date = new Date(time.dateTime);
    if (Number.isNaN(date.valueOf())) {
        return;
    }
    time.title = time.textContent;
    time.textContent = date.toLocaleString(undefined, {
        dateStyle: "medium",
        timeStyle: "short",
    });
}

document.querySelectorAll(".password").forEach(addReveal);
document.querySelectorAll(".copy").forEach(addCopy);
document.querySelectorAll("form").forEach(sendOnce);
document.querySelectorAll("#invitation").forEach(fillInvitation);
document.querySelectorAll("time[datetime]").forEach(localise);
