// SPDX-License-Identifier: Apache-2.0
// Starts Redoc on /redoc. Its search would need a worker made from a blob: address, which our policy refuses.
const darkTheme = {
    colors: {
        primary: { main: "#83cbc3" },
        success: { main: "#8fcfa3" },
        error: { main: "#f2938a" },
        warning: { main: "#e3c27a" },
        text: { primary: "#eceae4", secondary: "#aeaaa1" },
        border: { dark: "#7f837f", light: "#323634" },
        responses: {
            success: { color: "#8fcfa3", backgroundColor: "#1c2a21" },
            error: { color: "#f2938a", backgroundColor: "#33201e" },
            redirect: { color: "#e3c27a", backgroundColor: "#2b2820" },
            info: { color: "#83cbc3", backgroundColor: "#252928" },
        },
    },
    schema: { nestedBackground: "#1c1f1e", typeNameColor: "#aeaaa1", typeTitleColor: "#aeaaa1" },
    sidebar: { backgroundColor: "#1c1f1e", textColor: "#eceae4" },
    rightPanel: { backgroundColor: "#1c1f1e" },
    codeBlock: { backgroundColor: "#101211" },
    typography: { links: { color: "#83cbc3" }, code: { color: "#f2938a", backgroundColor: "#252928" } },
};

/** What Redoc's theme does not reach. */
const darkRules = `
    #docs h5, #docs h5 span { color: #aeaaa1; border-color: #323634; }
    #docs polygon { fill: #aeaaa1; }
    #docs .react-tabs__tab--selected { background: #323634; }`;

function darken() {
    const style = document.createElement("style");
    style.textContent = darkRules.replaceAll(";", " !important;");
    document.head.append(style);
}

window.addEventListener("load", () => {
    const isDark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    if (isDark) {
        darken();
    }
    document.documentElement.style.colorScheme = isDark ? "dark" : "light";
    document.body.style.margin = "0";
    document.body.style.background = isDark ? "#141615" : "#ffffff";
    const options = { disableSearch: true, nativeScrollbars: true, theme: isDark ? darkTheme : {} };
    window.Redoc.init("/openapi.json", options, document.getElementById("docs"));
});
