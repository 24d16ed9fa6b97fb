// SPDX-License-Identifier: Apache-2.0
// Starts swagger-ui on /docs.
window.addEventListener("load", () => {
    document.body.style.margin = "0";
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
    dark.addEventListener("change", follow);
    follow();
    window.SwaggerUIBundle({
        url: "/openapi.json",
        dom_id: "#docs",
        deepLinking: true,
        validatorUrl: null,
        presets: [window.SwaggerUIBundle.presets.apis],
    });
});
