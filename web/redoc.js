// SPDX-License-Identifier: Apache-2.0
// Starts Redoc on /redoc. Its search would need a worker made from a blob: address, which our policy refuses.
window.addEventListener("load", () => {
    document.body.style.margin = "0";
    window.Redoc.init("/openapi.json", { disableSearch: true, nativeScrollbars: true }, document.getElementById("docs"));
});
