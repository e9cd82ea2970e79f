import {Checkout} from "@website_sale/interactions/checkout";
import {Interaction} from "@web/public/interaction";
import {QuickReorder} from "@website_sale/interactions/quick_reorder";
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

patch(QuickReorder.prototype, {
    async reorderProduct() {
        const before = [...document.querySelectorAll(".o_proforma_offer")];
        await super.reorderProduct(...arguments);
        // Core starts anew what is in the cart only, not what stands beside it.
        const interactions = this.services["public.interactions"];
        before
            .filter((el) => !el.isConnected)
            .forEach((el) => interactions.stopInteractions(el));
        for (const el of document.querySelectorAll(".o_proforma_offer")) {
            interactions.startInteractions(el);
        }
    },
});

// While it is not known how, or where, the cart is delivered, there is no pro forma of
// it: core's button waits for the same.
patch(Checkout.prototype, {
    _updateCartSummaries(result) {
        super._updateCartSummaries(...arguments);
        tellOffers(result.proforma);
    },

    _disableMainButton() {
        super._disableMainButton(...arguments);
        this.toggleProforma(false);
    },

    _enableMainButton() {
        super._enableMainButton(...arguments);
        this.toggleProforma(this._canEnableMainButton());
    },

    toggleProforma(isReady) {
        for (const el of document.querySelectorAll(".o_proforma_offer form")) {
            el.inert = !isReady;
            el.classList.toggle("opacity-50", !isReady);
        }
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
        this.say(offer.html);
    }

    /** Readers of the screen hear it: what is the same is not said again. */
    say(html) {
        const el = this.el.querySelector(".o_proforma_offer_text");
        const said = document.createElement("div");
        setElementContent(said, markup(html));
        if (said.textContent.trim() !== el.textContent.trim()) {
            el.replaceChildren(...said.childNodes);
        }
    }
}

registry
    .category("public.interactions")
    .add("proforma_ecom_website_sale.proforma_offer", ProformaOffer);
