import {registry} from "@web/core/registry";
import * as tourUtils from "@website_sale/js/tours/tour_utils";

const getProforma = {
    content: "Ask for a pro forma in the cart",
    trigger: "button[name=proforma_button]:visible",
    run: "click",
    expectUnloadPage: true,
};

const acceptAndPay = [
    {
        content: "The pro forma is issued; accept it",
        trigger: ".o_proforma_card:has([data-status=issued]) .o_proforma_accept",
        run: "click",
        expectUnloadPage: true,
    },
    {
        content: "The name signs by itself",
        trigger: ".o_portal_sign_submit:enabled",
        run: "click",
        expectUnloadPage: true,
    },
    {
        content: "Enter the demo card",
        trigger: 'input[name="customer_input"]',
        run: "edit 4242424242424242",
    },
    {
        content: "Pay the deposit",
        trigger: 'button[name="o_payment_submit_button"]:visible:not(:disabled)',
        run: "click",
        expectUnloadPage: true,
    },
    {
        content: "The order is confirmed, its deposit invoice is there",
        trigger: ".o_proforma_card:has([data-status=accepted]) .o_proforma_invoices a",
    },
    {
        content: "The cart is empty",
        trigger: "body:not(:has(sup.my_cart_quantity:visible:not(:text(0))))",
    },
];

registry.category("web_tour.tours").add("proforma_shop_customer", {
    steps: () => [
        ...tourUtils.addToCart({productName: "Deck Oven", expectUnloadPage: true}),
        tourUtils.goToCart(),
        getProforma,
        ...acceptAndPay,
    ],
});

registry.category("web_tour.tours").add("proforma_shop_guest", {
    steps: () => [
        ...tourUtils.addToCart({productName: "Deck Oven", expectUnloadPage: true}),
        tourUtils.goToCart(),
        getProforma,
        ...tourUtils.fillAdressForm(
            {
                name: "Marie Martin",
                phone: "+33199001234",
                email: "marie.guest@example.com",
                street: "3 place du Marché",
                city: "Lyon",
                zip: "69002",
            },
            true
        ),
        ...acceptAndPay,
    ],
});
