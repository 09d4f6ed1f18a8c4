import { metadataOf, metadataText } from "../metadata-text"

describe("Metadata in a field of lines", () => {
  it("is a line for each, and comes back as it was", () => {
    const metadata = {
      seller: "Ana = Ana d.o.o.",
      count: 7,
      isPaid: true,
      note: null,
      address: "Ilica 1\nZagreb",
      quoted: '"x"',
      space: " x ",
    }
    const text = metadataText(metadata)
    expect(text.split("\n")).toHaveLength(7)
    expect(text).toContain("seller = Ana = Ana d.o.o.")
    expect(metadataOf(text, metadata)).toEqual(metadata)
    expect(metadataOf(metadataText(null), null)).toBeNull()
  })

  it("is a text where it is typed anew", () => {
    expect(metadataOf("count = 8\n\n  isPaid=true ", { count: 7, isPaid: true })).toEqual({
      count: "8",
      isPaid: true,
    })
    expect(metadataOf("empty =", null)).toEqual({ empty: "" })
  })

  it.each([
    ["seller", 1],
    ["a = 1\n= 2", 2],
    ["a = 1\na = 2", 2],
    ['a = "open', 1],
  ])("tells which line of %j is none", (text, line) => {
    expect(metadataOf(text, null)).toBe(line)
  })
})
