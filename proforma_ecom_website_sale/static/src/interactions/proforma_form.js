import {Interaction} from "@web/public/interaction";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";

const TYPED = "proforma_typed";
const WORDS = ["reference", "message"];

/** Send the form of the cart's pro forma only once, and show that it is under way. */
export class ProformaForm extends Interaction {
    static selector = ".o_proforma_form";
    dynamicContent = {
        _root: {"t-on-submit": this.onSubmit},
        _window: {"t-on-pageshow": this.onPageshow},
        "[name=reference], [name=message]": {"t-on-input": this.onInput},
        button: {
            "t-att-disabled": () => this.isSubmitting || this.isUnready,
        },
        ".fa": {
            "t-att-class": () => ({
                "fa-file-text-o": !this.isSubmitting,
                "fa-circle-o-notch": this.isSubmitting,
                "fa-spin": this.isSubmitting,
            }),
        },
    };

    setup() {
        this.isSubmitting = false;
        this.isUnready = this.el.querySelector("button").disabled;
    }

    start() {
        const typed = JSON.parse(browser.sessionStorage.getItem(TYPED) || "{}");
        if (typed.cart !== this.el.elements.order_id?.value) {
            return;
        }
        for (const name of WORDS.filter((name) => typed[name])) {
            const field = this.el.elements[name];
            if (field && !field.value) {
                field.value = typed[name];
                field.closest("details").open = true;
            }
        }
    }

    /** What is typed waits in this tab for whoever goes on to another page first. */
    onInput() {
        const elements = this.el.elements;
        const typed = {cart: elements.order_id?.value};
        for (const name of WORDS) {
            typed[name] = elements[name]?.value;
        }
        browser.sessionStorage.setItem(TYPED, JSON.stringify(typed));
    }

    onSubmit(ev) {
        if (this.isSubmitting) {
            ev.preventDefault();
        }
        this.isSubmitting = true;
    }

    /** Who comes back by the browser's button has another cart now. */
    onPageshow(ev) {
        if (ev.persisted) {
            window.location.reload();
        }
    }
}

registry
    .category("public.interactions")
    .add("proforma_ecom_website_sale.proforma_form", ProformaForm);
