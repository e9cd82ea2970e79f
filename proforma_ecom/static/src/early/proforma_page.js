// A page that the browser keeps for "Back" while its scripts start also keeps those of
// the next page from starting: both wait for the same local database of translations.
// Who accepts in his first second would get no form to sign. A page that holds a lock is
// not kept, and "Back" loads it again.
document.addEventListener("DOMContentLoaded", () => {
    const page = document.querySelector(
        ".o_proforma_page, .o_proforma_step, .o_proforma_list"
    );
    if (page && navigator.locks) {
        const untilThePageEnds = () => new Promise(() => {});
        navigator.locks.request("proforma_page", {mode: "shared"}, untilThePageEnds);
    }
});
