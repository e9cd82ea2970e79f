const PAGES = ".o_proforma_page, .o_proforma_step, .o_proforma_list";

/** @returns {boolean} Whether something in the field is not yet sent. */
const isTyped = (field) =>
    field.type === "checkbox" || field.type === "radio"
        ? field.checked !== field.defaultChecked
        : field.value !== field.defaultValue;

// "Back" shows how a pro forma stands, not how it stood when the browser kept the page.
// What the visitor was about to say is worth more: the server knows what he looked at.
window.addEventListener("pageshow", (ev) => {
    const page = document.querySelector(PAGES);
    if (!ev.persisted || !page || page.dataset.sent) {
        return;
    }
    if (![...page.querySelectorAll("input, textarea")].some(isTyped)) {
        window.location.reload();
    }
});
