import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("proforma_shop_wishlist", {
    steps: () => [
        {
            content: "Ask for a pro forma of all that is on the wish list",
            trigger: ".o_proforma_wishlist button:visible",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is issued",
            trigger: ".o_proforma_card:has([data-status=issued])",
        },
    ],
});

registry.category("web_tour.tours").add("proforma_shop_wishlist_emptied", {
    steps: () => [
        {
            content: "The button is there",
            trigger: ".o_proforma_wishlist button:visible",
        },
        {
            content: "Remove the only product of the wish list",
            trigger: ".o_wish_rm",
            run: "click",
        },
        {
            content: "There is nothing to ask for any more",
            trigger: "#empty-wishlist-message:visible",
        },
        {
            content: "So the button is gone",
            trigger: "body:not(:has(.o_proforma_wishlist button:visible))",
        },
    ],
});
