// "Back" shows how a pro forma stands, not how it stood when the browser kept the page.
window.addEventListener("pageshow", (ev) => {
    const page = ".o_proforma_page, .o_proforma_step, .o_proforma_list";
    if (ev.persisted && document.querySelector(page)) {
        window.location.reload();
    }
});
