import {Checkout} from "@website_sale/interactions/checkout";
import {Interaction} from "@web/public/interaction";
import {markup} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {registry} from "@web/core/registry";
import {setElementContent} from "@web/core/utils/html";
import wSaleUtils from "@website_sale/js/website_sale_utils";

const CART_CHANGED = "proforma-cart-changed";

function tellOffers(detail) {
    for (const el of document.querySelectorAll(".o_proforma_offer")) {
        el.dispatchEvent(new CustomEvent(CART_CHANGED, {detail}));
    }
}

patch(wSaleUtils, {
    updateCartNavBar(data) {
        const typed = [...document.querySelectorAll(".o_proforma_words")];
        super.updateCartNavBar(...arguments);
        // A quick reorder draws the form anew: what was typed and chosen goes on.
        document.querySelectorAll(".o_proforma_words").forEach((el, index) => {
            if (typed[index] && !typed[index].isConnected) {
                el.replaceWith(typed[index]);
            }
        });
        tellOffers(data.proforma);
    },
});

patch(Checkout.prototype, {
    _updateCartSummaries(result) {
        super._updateCartSummaries(...arguments);
        tellOffers(result.proforma);
    },
});

/** Say of the cart as it is now whether there is a pro forma of it, and what it asks. */
export class ProformaOffer extends Interaction {
    static selector = ".o_proforma_offer";
    dynamicContent = {
        _root: {[`t-on-${CART_CHANGED}`]: this.onCartChanged},
    };

    onCartChanged(ev) {
        const offer = ev.detail;
        if (!offer) {
            return;
        }
        if (offer.is_only !== (this.el.dataset.only === "1")) {
            window.location.reload(); // The buttons of the checkout come or go.
            return;
        }
        // What stands below keeps its place: this may grow, but it does not shrink.
        this.el.style.minHeight = `${this.el.offsetHeight}px`;
        this.el.classList.toggle("o_proforma_refused", offer.is_refused);
        this.el.classList.toggle("o_proforma_reviewed", offer.is_review);
        setElementContent(
            this.el.querySelector(".o_proforma_offer_text"),
            markup(offer.html)
        );
    }
}

registry
    .category("public.interactions")
    .add("proforma_ecom_website_sale.proforma_offer", ProformaOffer);
