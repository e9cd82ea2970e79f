import {registry} from "@web/core/registry";
import * as tourUtils from "@website_sale/js/tours/tour_utils";

// The page of a payment asks for its state every few seconds.
const PAYMENT_TIMEOUT = 40000;

const getProforma = {
    content: "Ask for a pro forma in the cart",
    trigger: "button[name=proforma_button]:visible",
    run: "click",
    expectUnloadPage: true,
};

const payWithTheDemoCard = [
    {
        content: "Enter the demo card",
        trigger: 'input[name="customer_input"]',
        run: "edit 4242424242424242",
    },
    {
        content: "Pay",
        trigger: 'button[name="o_payment_submit_button"]:visible:not(:disabled)',
        run: "click",
        expectUnloadPage: true,
    },
];

const acceptAndPay = [
    {
        content: "The pro forma is issued; accept it",
        trigger:
            ".o_proforma_page:has([data-status=issued]) .o_proforma_accept:visible",
        run: "click",
        expectUnloadPage: true,
    },
    {
        content: "The name signs by itself",
        trigger: ".o_portal_sign_submit:enabled",
        run: "click",
        expectUnloadPage: true,
    },
    ...payWithTheDemoCard,
    {
        content: "The order is confirmed, its deposit invoice is there",
        timeout: PAYMENT_TIMEOUT,
        trigger: ".o_proforma_page:has([data-status=accepted]) .o_proforma_invoice a",
    },
    {
        content: "The page says what happens next",
        trigger: ".alert-success .o_proforma_next_steps li:contains(We received)",
    },
    {
        content: "The cart is empty",
        trigger: "body:not(:has(sup.my_cart_quantity:visible:not(:text(0))))",
    },
];

const tellHowItWas = [
    {
        content: "Choose a number",
        trigger: "label[for=proforma_rate_5]",
        run: "click",
    },
    {
        content: "Say a word",
        trigger: "#proforma_feedback_remark",
        run: "edit Quick and kind",
    },
    {
        content: "Send both",
        trigger: ".o_proforma_feedback button[type=submit]",
        run: "click",
        expectUnloadPage: true,
    },
    {
        content: "Thanks; the question is gone",
        trigger: ".o_proforma_page:not(:has(.o_proforma_feedback)) .o_proforma_rated",
    },
];

const payTheSecondInstalment = [
    {
        content: "The first instalment is paid, the second one may be paid ahead",
        trigger: ".o_proforma_instalments tr:contains(Balance) .o_proforma_actions a",
        run: "click",
        expectUnloadPage: true,
    },
    {
        content: "The page asks for the amount of this instalment",
        trigger: ".o_proforma_step h1:contains(850.50)",
    },
    ...payWithTheDemoCard,
    {
        content: "Its money is confirmed",
        timeout: PAYMENT_TIMEOUT,
        trigger: ".alert-success:contains(We received your payment)",
    },
    {
        content: "The second instalment is paid",
        trigger: ".o_proforma_instalments tr:contains(Balance) [data-status=paid]",
    },
    {
        content: "Nothing is left to pay",
        trigger: ".o_proforma_instalments:not(:has(.o_proforma_actions a))",
    },
    {
        content: "Both deposit invoices are there; open the second one",
        trigger: ".o_proforma_invoice:eq(1) a",
        run: "click",
        expectUnloadPage: true,
    },
    {
        content: "It is the customer's invoice in the portal, paid",
        trigger: ".o_portal_invoice_sidebar:contains(850.50)",
    },
];

registry.category("web_tour.tours").add("proforma_shop_customer", {
    steps: () => [
        ...tourUtils.addToCart({productName: "Deck Oven", expectUnloadPage: true}),
        tourUtils.goToCart(),
        getProforma,
        ...acceptAndPay,
        ...payTheSecondInstalment,
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
        ...tellHowItWas,
    ],
});

registry.category("web_tour.tours").add("proforma_shop_product", {
    steps: () => [
        ...tourUtils.searchProduct("Deck Oven", {select: true}),
        {
            content: "From the page of the product to its pro forma",
            trigger: ".o_proforma_now",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is issued",
            trigger: ".o_proforma_card:has([data-status=issued])",
        },
    ],
});

registry.category("web_tour.tours").add("proforma_shop_limit", {
    steps: () => [
        {
            content: "The cart is too small for a pro forma",
            trigger: ".o_proforma_refusal:contains(start at)",
        },
        {
            content: "Its form is not there",
            trigger: "body:not(:has(.o_proforma_form:visible))",
        },
        {
            content: "Add one more",
            trigger:
                "#cart_products a[aria-label='Add one'], #cart_products a:has(.oi-plus)",
            run: "click",
        },
        {
            content: "Now it says what the visitor would get",
            trigger: ".o_proforma_offer_rows:contains(Valid until)",
        },
        getProforma,
        {
            content: "It is issued",
            trigger: ".o_proforma_card:has([data-status=issued])",
        },
    ],
});

registry.category("web_tour.tours").add("proforma_shop_buy", {
    steps: () => [
        ...tourUtils.addToCart({productName: "Deck Oven", expectUnloadPage: true}),
        tourUtils.goToCart(),
        getProforma,
        {
            content: "Pay all of it at once",
            trigger: ".o_proforma_buy button:visible",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The payment says which pro forma it is about",
            trigger: ".o_proforma_source:contains(at its prices)",
        },
        ...payWithTheDemoCard,
        {
            content: "The order is confirmed",
            trigger: "#order_name",
            timeout: PAYMENT_TIMEOUT,
        },
    ],
});
