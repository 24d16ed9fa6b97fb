// SPDX-License-Identifier: Apache-2.0
// Starts swagger-ui on /docs.
window.addEventListener("load", () => {
    document.body.style.margin = "0";
    window.SwaggerUIBundle({
        url: "/openapi.json",
        dom_id: "#docs",
        deepLinking: true,
        validatorUrl: null,
        presets: [window.SwaggerUIBundle.presets.apis],
    });
});
