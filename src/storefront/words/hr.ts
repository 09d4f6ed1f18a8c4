import type { PaymentWords } from "./words"

/** Not yet read by a native speaker. */
export const hr: PaymentWords = {
  lang: "hr",
  dir: "ltr",
  anyMethod: "svoju aplikaciju za plaćanje",

  payOnPage: "Plaćate na zasebnoj stranici ({method}).",
  openPage: "Idi na stranicu za plaćanje",
  inNewTab: "(otvara se u novoj kartici)",
  scanCode: "Skenirajte ovaj kod kroz {method}.",
  scanOnThisPhone:
    "Na ovom ste telefonu? Snimite zaslon s kodom i otvorite snimku u skeneru aplikacije.",
  qrLabel: "QR kod za plaćanje ({method})",
  payWithCode: "Platite ovim kodom u aplikaciji svoje banke ili novčanika ili na prodajnom mjestu.",
  copyCode: "Kopiraj kod",
  copied: "Kod je kopiran.",
  copyByHand: "Kod je označen. Kopirajte ga ručno.",
  payBefore: "Može se platiti do {time}.",
  showCode: "Otvorite {method} i pokažite kod na blagajni.",

  none: {
    title: "Nema ničega za platiti",
    text: "U ovom pregledniku nijedno plaćanje nije u tijeku. Ako ste platili, narudžba stiže e-poštom.",
  },
  checking: {
    title: "Provjeravamo vaše plaćanje",
    text: "Pitamo je li uplata stigla. Ako ste upravo platili, ostanite ovdje.",
  },
  waiting: {
    title: "Platite {amount}",
    text: "Čekamo vašu uplatu. Ova će je stranica sama primijetiti.",
  },
  paid: {
    title: "Vaša je uplata stigla",
    text: "Hvala vam. Narudžba stiže e-poštom; ovu stranicu možete zatvoriti.",
  },
  ordered: { title: "Vaša je uplata stigla", text: "Hvala vam. Otvaramo vašu narudžbu." },
  ended: {
    pending: {
      title: "Još nije plaćeno",
      text: "Nismo primili vašu uplatu. Ako ste upravo platili, provjerite ponovno za trenutak.",
    },
    failed: {
      title: "Plaćanje nije uspjelo",
      text: "Javljeno nam je da nije uspjelo, pa ništa nije naručeno. Košarica je kakva je i bila.",
    },
    expired: {
      title: "Vrijeme za plaćanje je isteklo",
      text: "Ništa nije plaćeno i ništa nije naručeno. Košarica je kakva je i bila.",
    },
    canceled: {
      title: "Plaćanje je otkazano",
      text: "Ništa nije plaćeno i ništa nije naručeno. Košarica je kakva je i bila.",
    },
    refunded: {
      title: "Uplata je vraćena",
      text: "Novac je opet vaš, a ništa nije naručeno.",
    },
    chargeback: {
      title: "Uplata je povučena",
      text: "Vaša je banka povukla uplatu i ništa nije naručeno.",
    },
    mismatch: {
      title: "S ovim plaćanjem nešto nije u redu",
      text: "Primljeni iznos nije iznos košarice. Molimo, nemojte plaćati ponovno: trgovina je obaviještena.",
    },
  },
  errors: {
    offline: {
      title: "Trgovina nije dostupna",
      text: "Jeste li povezani s internetom? Košarica je sačuvana. Ako ste platili, sačuvana je i uplata.",
    },
    store_failed: {
      title: "Trgovina trenutačno ne može odgovoriti",
      text: "Provjerite ponovno za minutu. Ako ste platili, uplata je sačuvana.",
    },
    cart_not_found: { title: "Ove košarice više nema", text: "Molimo, započnite novu." },
    payment_not_found: {
      title: "Ovog plaćanja više nema",
      text: "Možda ga je zamijenilo drugo. Molimo, ponovno odaberite način plaćanja.",
    },
    no_payment_chosen: {
      title: "Način plaćanja nije odabran",
      text: "Košarica je možda promijenjena u drugom prozoru. Molimo, ponovno odaberite način plaćanja.",
    },
    payment_method_being_chosen: {
      title: "Samo trenutak",
      text: "Za ovu se košaricu u drugom prozoru upravo odabire način plaćanja. Provjerite ponovno za nekoliko sekundi.",
    },
    cart_changed: {
      title: "Cijena vaše košarice se promijenila",
      text: "Narudžba nije zaprimljena. Molimo, ponovno odaberite način plaćanja. Ako ste već platili, trgovina je obaviještena.",
    },
    cart_already_paid: {
      title: "Ova je košarica već plaćena",
      text: "Plaćena je u drugom prozoru i sada je narudžba.",
    },
    conflict: {
      title: "Košarica je promijenjena ili plaćena u drugom prozoru",
      text: "Molimo, ponovno učitajte ovu stranicu.",
    },
    order_not_ready: {
      title: "Vaša je uplata stigla",
      text: "Narudžba još nije gotova. Provjerite ponovno za trenutak i nemojte plaćati ponovno.",
    },
    paid_without_order: {
      title: "Vaša je uplata stigla",
      text: "Narudžba nije mogla biti zaprimljena i to mora riješiti trgovina. Molimo, nemojte plaćati ponovno.",
    },
    order_refused: {
      title: "Narudžba nije mogla biti zaprimljena",
      text: "Ništa nije plaćeno. Nešto u košarici možda je rasprodano: molimo, pogledajte je ponovno.",
    },
    refused: {
      title: "Nije uspjelo",
      text: "Molimo, vratite se u košaricu i pokušajte ponovno.",
    },
  },

  otherWay: "Odaberi drugi način plaćanja",
  askAgain: "Provjeri ponovno",
}
