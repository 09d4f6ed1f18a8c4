import type { PaymentWords } from "./words"

/** Not yet read by a native speaker. */
export const fil: PaymentWords = {
  lang: "fil",
  dir: "ltr",
  anyMethod: "iyong payment app",

  payOnPage: "Magbabayad ka gamit ang {method} sa sarili nitong page.",
  openPage: "Pumunta sa page ng pagbabayad",
  inNewTab: "(magbubukas sa bagong tab)",
  scanCode: "I-scan ang code na ito gamit ang {method}.",
  scanOnThisPhone:
    "Nasa teleponong ito? Mag-screenshot ng code at buksan ito sa scanner ng {method}.",
  qrLabel: "QR code para magbayad gamit ang {method}",
  payWithCode: "Magbayad gamit ang code na ito sa app ng iyong bangko o wallet, o sa counter.",
  copyCode: "Kopyahin ang code",
  copied: "Nakopya na ang code.",
  copyByHand: "Napili na ang code. Kopyahin ito nang manu-mano.",
  payBefore: "Maaaring bayaran hanggang {time}.",
  showCode: "Buksan ang {method} at ipakita ang code nito sa kahera.",

  none: {
    title: "Walang kailangang bayaran",
    text: "Walang bayad na pinoproseso sa browser na ito. Kung nakapagbayad ka na, darating ang order mo sa e-mail.",
  },
  checking: {
    title: "Tinitingnan ang iyong bayad",
    text: "Inaalam namin kung dumating na ito. Kung kakabayad mo lang, manatili rito.",
  },
  waiting: {
    title: "Magbayad ng {amount}",
    text: "Hinihintay ang iyong bayad. Kusa itong malalaman ng page na ito.",
  },
  paid: {
    title: "Dumating na ang iyong bayad",
    text: "Salamat. Darating ang order mo sa e-mail; maaari mo nang isara ang page na ito.",
  },
  ordered: { title: "Dumating na ang iyong bayad", text: "Salamat. Binubuksan ang iyong order." },
  ended: {
    pending: {
      title: "Hindi pa bayad",
      text: "Hindi pa namin natatanggap ang iyong bayad. Kung kakabayad mo lang, tingnan ulit maya-maya.",
    },
    failed: {
      title: "Hindi natuloy ang bayad",
      text: "Sinabi sa amin na hindi ito natuloy, kaya walang na-order. Ganoon pa rin ang iyong cart.",
    },
    expired: {
      title: "Tapos na ang oras ng pagbabayad",
      text: "Walang nabayaran at walang na-order. Ganoon pa rin ang iyong cart.",
    },
    canceled: {
      title: "Kinansela ang bayad",
      text: "Walang nabayaran at walang na-order. Ganoon pa rin ang iyong cart.",
    },
    refunded: {
      title: "Ibinalik ang bayad",
      text: "Nasa iyo na ulit ang iyong pera, at walang na-order.",
    },
    chargeback: {
      title: "Binawi ang bayad",
      text: "Binawi ng iyong bangko ang bayad, at walang na-order.",
    },
    mismatch: {
      title: "May hindi tama sa bayad na ito",
      text: "Ang natanggap namin ay hindi ang halaga ng cart. Huwag nang magbayad ulit: alam na ito ng tindahan.",
    },
  },
  errors: {
    offline: {
      title: "Hindi maabot ang tindahan",
      text: "Naka-online ka ba? Nakatago ang iyong cart. Kung nakapagbayad ka na, nakatago rin ang iyong bayad.",
    },
    store_failed: {
      title: "Hindi makasagot ang tindahan ngayon",
      text: "Tingnan ulit pagkaraan ng isang minuto. Kung nakapagbayad ka na, nakatago ang iyong bayad.",
    },
    cart_not_found: { title: "Wala na ang cart na ito", text: "Magsimula po ng bago." },
    payment_not_found: {
      title: "Wala na ang bayad na ito",
      text: "Maaaring napalitan na ito ng iba. Pumili po ulit kung paano magbabayad.",
    },
    no_payment_chosen: {
      title: "Walang napiling paraan ng pagbabayad",
      text: "Maaaring binago ang cart sa ibang window. Pumili po ulit kung paano magbabayad.",
    },
    payment_method_being_chosen: {
      title: "Sandali lang",
      text: "May pinipiling paraan ng pagbabayad para sa cart na ito sa ibang window. Tingnan ulit pagkaraan ng ilang segundo.",
    },
    cart_changed: {
      title: "Nagbago ang halaga ng iyong cart",
      text: "Walang na-order. Pumili po ulit kung paano magbabayad. Kung nakapagbayad ka na, alam na ito ng tindahan.",
    },
    cart_already_paid: {
      title: "Bayad na ang cart na ito",
      text: "Binayaran ito sa ibang window at isa na itong order.",
    },
    conflict: {
      title: "Binago o binayaran ang cart sa ibang window",
      text: "I-load po ulit ang page na ito.",
    },
    order_not_ready: {
      title: "Dumating na ang iyong bayad",
      text: "Hindi pa handa ang order. Tingnan ulit maya-maya, at huwag nang magbayad ulit.",
    },
    paid_without_order: {
      title: "Dumating na ang iyong bayad",
      text: "Hindi nagawa ang order, at aayusin ito ng tindahan. Huwag nang magbayad ulit.",
    },
    order_refused: {
      title: "Hindi nagawa ang order",
      text: "Walang nabayaran. Maaaring may naubos sa cart: tingnan po ulit ito.",
    },
    refused: { title: "Hindi ito gumana", text: "Bumalik po sa iyong cart at subukan ulit." },
  },

  otherWay: "Pumili ng ibang paraan ng pagbabayad",
  askAgain: "Tingnan ulit",
}
