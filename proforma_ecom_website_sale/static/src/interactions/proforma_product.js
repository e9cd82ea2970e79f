import {WebsiteSale} from "@website_sale/interactions/website_sale";
import {patch} from "@web/core/utils/patch";
import {patchDynamicContent} from "@web/public/utils";
import {purpose} from "../dialogs/combo_configurator_dialog";
import {redirect} from "@web/core/utils/urls";
import {rpc} from "@web/core/network/rpc";
import {session} from "@web/session";
import wSaleUtils from "@website_sale/js/website_sale_utils";

/** From the page of a product to its pro forma: add it to the cart and ask for it. */
patch(WebsiteSale.prototype, {
    setup() {
        super.setup();
        patchDynamicContent(this.dynamicContent, {
            ".o_proforma_now": {
                "t-on-click.prevent": this.locked(this.onClickProforma.bind(this)),
            },
        });
    },

    async onClickProforma(ev) {
        const button = ev.currentTarget;
        const form = wSaleUtils.getClosestProductForm(button);
        if (button.closest(".js_product")?.classList.contains("css_not_available")) {
            return;
        }
        this._updateRootProduct(form);
        const quantity = await this._addForProforma();
        if (!quantity || session.add_to_cart_action === "go_to_cart") {
            return; // Sold out, given up in a dialog, or the cart is opened.
        }
        if (session.recaptcha_public_key || session.turnstile_site_key) {
            redirect("/shop/cart"); // The form there proves that it is a person.
            return;
        }
        const cart = await this.waitFor(rpc("/shop/proforma/cart"));
        if (!cart.order_id) {
            redirect("/shop/cart"); // It holds more than this, or less than he wants.
            return;
        }
        this._submitProforma(form, cart);
    },

    /** Add the product without a detour; of a combo its parts are chosen first. */
    async _addForProforma() {
        purpose.isProforma = true;
        try {
            return await this.waitFor(
                this.services.cart.add(this.rootProduct, {
                    isBuyNow: true,
                    redirectToCart: false,
                    isConfigured: true,
                })
            );
        } finally {
            purpose.isProforma = false;
        }
    },

    _submitProforma(form, cart) {
        const values = {
            ...cart,
            csrf_token: form.querySelector("input[name=csrf_token]").value,
        };
        const proformaForm = document.createElement("form");
        proformaForm.method = "post";
        proformaForm.action = "/shop/proforma";
        for (const [name, value] of Object.entries(values)) {
            const input = document.createElement("input");
            Object.assign(input, {type: "hidden", name, value});
            proformaForm.append(input);
        }
        document.body.append(proformaForm);
        proformaForm.submit();
    },
});
