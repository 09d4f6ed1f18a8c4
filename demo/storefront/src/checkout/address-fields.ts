type Field = {
  /** As Medusa calls it in an address; `email` belongs to the cart. */
  name: string
  label: string
  type?: "email" | "tel"
  inputMode?: "numeric"
  autoComplete: string
}

type AddressForm = {
  fields: readonly Field[]
  /** For those who only want to see how the shop works. */
  sample: Readonly<Record<string, string>>
}

const person: readonly Field[] = [
  { name: "email", label: "E-mail", type: "email", autoComplete: "email" },
  { name: "first_name", label: "First name", autoComplete: "given-name" },
  { name: "last_name", label: "Last name", autoComplete: "family-name" },
  { name: "phone", label: "Mobile number", type: "tel", autoComplete: "tel" },
]

/** @param labels what people of the country call them; no province where addresses have none */
function place(labels: { street: string; province?: string; postcode: string }): readonly Field[] {
  const { street, province, postcode } = labels
  const postal = { inputMode: "numeric", autoComplete: "postal-code" } as const
  return [
    { name: "address_1", label: street, autoComplete: "street-address" },
    { name: "city", label: "City", autoComplete: "address-level2" },
    ...(province ? [{ name: "province", label: province, autoComplete: "address-level1" }] : []),
    { name: "postal_code", label: postcode, ...postal },
  ]
}

const philippines: AddressForm = {
  fields: [
    ...person,
    ...place({
      street: "House number, street, barangay",
      province: "Province",
      postcode: "ZIP code",
    }),
  ],
  sample: {
    email: "maria.reyes@example.com",
    first_name: "Maria",
    last_name: "Reyes",
    phone: "0917 555 0142",
    address_1: "14 Mabini Street, Barangay Kapitolyo",
    city: "Pasig",
    province: "Metro Manila",
    postal_code: "1603",
  },
}

const cambodia: AddressForm = {
  fields: [
    ...person,
    ...place({
      street: "House number, street, sangkat",
      province: "Province",
      postcode: "Postcode",
    }),
  ],
  sample: {
    email: "sophea.chan@example.com",
    first_name: "Sophea",
    last_name: "Chan",
    phone: "012 555 014",
    address_1: "27 Street 240, Chaktomuk",
    city: "Phnom Penh",
    province: "Phnom Penh",
    postal_code: "120207",
  },
}

const pakistan: AddressForm = {
  fields: [
    ...person,
    ...place({ street: "House, street, area", province: "Province", postcode: "Postcode" }),
  ],
  sample: {
    email: "ayesha.khan@example.com",
    first_name: "Ayesha",
    last_name: "Khan",
    phone: "3001234567",
    address_1: "House 12, Street 4, Gulberg III",
    city: "Lahore",
    province: "Punjab",
    postal_code: "54660",
  },
}

const croatia: AddressForm = {
  fields: [...person, ...place({ street: "Street and number", postcode: "Postcode" })],
  sample: {
    email: "ana.horvat@example.com",
    first_name: "Ana",
    last_name: "Horvat",
    phone: "091 555 0142",
    address_1: "Ilica 25",
    city: "Zagreb",
    postal_code: "10000",
  },
}

/** By ISO 3166-1 alpha-2, lower case. */
const countries: Readonly<Record<string, AddressForm>> = {
  ph: philippines,
  kh: cambodia,
  pk: pakistan,
  hr: croatia,
}

export function addressForm(country: string): AddressForm {
  return countries[country] ?? philippines
}
