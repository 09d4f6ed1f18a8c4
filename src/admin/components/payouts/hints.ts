/** The hints of the payout providers' fields, as their definitions have them, and by which words they are told. */
export const hintKeys: Readonly<Record<string, string>> = {
  "at most 32 characters": "most32",
  "a number or a word of Cashy's table for your country, such as 1 for an e-wallet of Pakistan's":
    "cashyKind",
  "its number or code in Cashy's list of banks for your country": "cashyBank",
  "four letters, a zero and six letters or digits, such as SBIN0014148": "ifsc",
  "letters and digits, as Mocasa gave it": "mocasaAccount",
  "the gateway's number of a payment that this payee made in your shop, never a card's":
    "earlierPayment",
  "such as HR12 1001 0051 8630 0016 0": "iban",
  "8 or 11 letters and digits, such as ZABAHR2X": "bic",
  "4 to 34 letters and digits": "places34",
  "the bank's code or name, as your bank's template wants it": "bankCode",
}
