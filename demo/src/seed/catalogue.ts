/** What the shop sells. Prices by currency code, in major units, tax included. */
export type CatalogueProduct = {
  handle: string
  title: string
  description: string
  /** The one thing a customer chooses, where there is a choice. */
  option?: { title: string; values: string[] }
  /** What it weighs in the parcel; absent where it is sent by e-mail. */
  grams?: number
  prices: Readonly<Record<string, number>>
}

export const catalogue: readonly CatalogueProduct[] = [
  {
    handle: "barako-coffee",
    title: "Barako coffee, 250 g",
    description: "Liberica from Lipa, Batangas, roasted dark every Thursday. Bold, a little woody.",
    option: { title: "Grind", values: ["Whole beans", "Ground"] },
    grams: 260,
    prices: { php: 385, usd: 7.95, pkr: 2150, eur: 7.5 },
  },
  {
    handle: "tablea",
    title: "Davao tablea, 12 discs",
    description:
      "Pure cacao, stone ground and pressed by hand. One disc makes one cup of tsokolate.",
    grams: 210,
    prices: { php: 239.5, usd: 5.49, pkr: 1450, eur: 5 },
  },
  {
    handle: "ube-halaya",
    title: "Ube halaya, 340 g",
    description:
      "Purple yam jam from Baguio, stirred for three hours. Keeps for a month, if it can.",
    grams: 480,
    prices: { php: 320, usd: 6.99, pkr: 1890, eur: 6.5 },
  },
  {
    handle: "abaca-tote",
    title: "Abaca tote",
    description: "Woven in Bicol from Manila hemp, with a cotton lining. Carries a week of market.",
    option: { title: "Colour", values: ["Natural", "Indigo"] },
    grams: 420,
    prices: { php: 1250, usd: 24, pkr: 6700, eur: 22.5 },
  },
  {
    handle: "inabel-towel",
    title: "Inabel hand towel",
    description:
      "Handloom cotton from Ilocos Norte in the binakol pattern. Softer with every wash.",
    grams: 150,
    prices: { php: 679.99, usd: 13.99, pkr: 3800, eur: 12.5 },
  },
  {
    handle: "capiz-lantern",
    title: "Capiz lantern",
    description:
      "A small parol of capiz shell from Pampanga, with a warm light. For all twelve months.",
    grams: 700,
    prices: { php: 1890, usd: 36.5, pkr: 9900, eur: 34 },
  },
  {
    handle: "merienda-pass",
    title: "Merienda pass, one month",
    description:
      "Every Sunday a recipe from a Filipino kitchen, as a film of ten minutes. Comes by e-mail.",
    prices: { php: 225, usd: 4.5, pkr: 1250, eur: 4.5 },
  },
]
