type Field = {
  /** As Medusa calls it in an address; `email` belongs to the cart. */
  name: string
  label: string
  type?: "email" | "tel"
  inputMode?: "numeric"
  autoComplete: string
}

export const addressFields: readonly Field[] = [
  { name: "email", label: "E-mail", type: "email", autoComplete: "email" },
  { name: "first_name", label: "First name", autoComplete: "given-name" },
  { name: "last_name", label: "Last name", autoComplete: "family-name" },
  { name: "phone", label: "Mobile number", type: "tel", autoComplete: "tel" },
  { name: "address_1", label: "House number, street, barangay", autoComplete: "street-address" },
  { name: "city", label: "City", autoComplete: "address-level2" },
  { name: "province", label: "Province", autoComplete: "address-level1" },
  { name: "postal_code", label: "ZIP code", inputMode: "numeric", autoComplete: "postal-code" },
]

/** For those who only want to see how the shop works. */
export const sampleAddress: Readonly<Record<string, string>> = {
  email: "maria.reyes@example.com",
  first_name: "Maria",
  last_name: "Reyes",
  phone: "0917 555 0142",
  address_1: "14 Mabini Street, Barangay Kapitolyo",
  city: "Pasig",
  province: "Metro Manila",
  postal_code: "1603",
}
