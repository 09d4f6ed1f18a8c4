/**
 * Where the shopper of each country lives; by ISO 3166-1 alpha-2, lower case.
 *
 * @type {Readonly<Record<string, Record<string, string>>>}
 */
export const addresses = {
  ph: {
    first_name: "Maria",
    last_name: "Reyes",
    phone: "0917 555 0142",
    address_1: "14 Mabini Street",
    city: "Pasig",
    postal_code: "1603",
  },
  kh: {
    first_name: "Sophea",
    last_name: "Chan",
    phone: "012 555 014",
    address_1: "27 Street 240",
    city: "Phnom Penh",
    postal_code: "120207",
  },
  pk: {
    first_name: "Ayesha",
    last_name: "Khan",
    phone: "3001234567",
    address_1: "House 12, Street 4, Gulberg III",
    city: "Lahore",
    postal_code: "54660",
  },
  hr: {
    first_name: "Ana",
    last_name: "Horvat",
    phone: "091 555 0142",
    address_1: "Ilica 25",
    city: "Zagreb",
    postal_code: "10000",
  },
}
