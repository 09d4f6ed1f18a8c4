import type { PaymentWords } from "./words"

export const en: PaymentWords = {
  lang: "en",
  dir: "ltr",
  anyMethod: "your payment app",

  payOnPage: "You pay with {method} on a page of its own.",
  openPage: "Go to the payment page",
  inNewTab: "(opens in a new tab)",
  scanCode: "Scan this code with {method}.",
  scanOnThisPhone:
    "On this phone? Take a screenshot of the code and open it in the scanner of {method}.",
  qrLabel: "QR code to pay with {method}",
  payWithCode: "Pay with this code in the app of your bank or wallet, or at a counter.",
  copyCode: "Copy the code",
  copied: "The code is copied.",
  copyByHand: "The code is selected. Copy it by hand.",
  payBefore: "Can be paid until {time}.",
  showCode: "Open {method} and show its code at the till.",

  none: {
    title: "There is nothing to pay",
    text: "No payment is under way in this browser. If you have paid, your order comes by e-mail.",
  },
  checking: {
    title: "Checking your payment",
    text: "We are asking whether it has arrived. If you have just paid, stay here.",
  },
  waiting: {
    title: "Pay {amount}",
    text: "Waiting for your payment. This page notices by itself.",
  },
  paid: {
    title: "Your payment has arrived",
    text: "Thank you. Your order comes by e-mail; you can close this page.",
  },
  ordered: { title: "Your payment has arrived", text: "Thank you. Opening your order." },
  ended: {
    pending: {
      title: "Not paid yet",
      text: "We have not received your payment. If you have just paid, look again in a moment.",
    },
    failed: {
      title: "The payment did not go through",
      text: "We were told that it failed, so nothing was ordered. Your cart is as it was.",
    },
    expired: {
      title: "The time to pay is over",
      text: "Nothing was paid and nothing was ordered. Your cart is as it was.",
    },
    canceled: {
      title: "The payment was canceled",
      text: "Nothing was paid and nothing was ordered. Your cart is as it was.",
    },
    refunded: {
      title: "The payment was given back",
      text: "You have your money again, and nothing was ordered.",
    },
    chargeback: {
      title: "The payment was taken back",
      text: "Your bank has taken the payment back, and nothing was ordered.",
    },
    mismatch: {
      title: "Something is not right with this payment",
      text: "What we received is not what the cart costs. Please do not pay again: the shop was told.",
    },
  },
  errors: {
    offline: {
      title: "The shop can't be reached",
      text: "Are you online? Your cart is kept. If you have paid, your payment is kept, too.",
    },
    store_failed: {
      title: "The shop can't answer at the moment",
      text: "Please look again in a minute. If you have paid, your payment is kept.",
    },
    cart_not_found: { title: "This cart is gone", text: "Please begin a new one." },
    payment_not_found: {
      title: "This payment is gone",
      text: "It may have been replaced by another one. Please choose how to pay again.",
    },
    no_payment_chosen: {
      title: "No way to pay is chosen",
      text: "The cart may have been changed in another window. Please choose how to pay again.",
    },
    payment_method_being_chosen: {
      title: "One moment",
      text: "A way to pay is being chosen for this cart in another window. Please look again in a few seconds.",
    },
    cart_changed: {
      title: "The price of your cart has changed",
      text: "No order was placed. Please choose how to pay again. If you have paid already, the shop was told.",
    },
    cart_already_paid: {
      title: "This cart is paid already",
      text: "It was paid in another window and is an order now.",
    },
    conflict: {
      title: "The cart was changed or paid in another window",
      text: "Please load this page again.",
    },
    order_not_ready: {
      title: "Your payment has arrived",
      text: "The order is not ready yet. Please look again in a moment, and do not pay again.",
    },
    paid_without_order: {
      title: "Your payment has arrived",
      text: "The order could not be placed, and the shop has to settle it. Please do not pay again.",
    },
    order_refused: {
      title: "The order could not be placed",
      text: "Nothing was paid. Something in the cart may be sold out: please look at it again.",
    },
    refused: { title: "This did not work", text: "Please go back to your cart and try again." },
  },

  otherWay: "Choose another way to pay",
  askAgain: "Look again",
}
