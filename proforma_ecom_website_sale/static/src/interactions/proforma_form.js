import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";

/** Send the form of the cart's pro forma only once, and show that it is under way. */
export class ProformaForm extends Interaction {
    static selector = ".o_proforma_form";
    dynamicContent = {
        _root: {"t-on-submit": this.onSubmit},
        _window: {"t-on-pageshow": this.onPageshow},
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
