import { fuzz } from "../fuzz"
import { fastGrowing, growthOf, mostGrowth } from "../growth"
import { units } from "../hostile-text"
import { readers, type StrangersReader } from "../readers"

/** What would write into the object that all others come from, where a reader copied keys as they stand. */
const polluting = [
  '{"__proto__":{"polluted":"yes"}}',
  '{"constructor":{"prototype":{"polluted":"yes"}}}',
  '{"payer":{"__proto__":{"polluted":"yes"}},"orderNo":"1","txStatus":"SUCCESS"}',
  '[{"__proto__":{"polluted":"yes"}}]',
  "__proto__[polluted]=yes&constructor[prototype][polluted]=yes",
  "__proto__.polluted=yes&constructor.prototype.polluted=yes",
  "__proto__,constructor\npolluted,yes",
  "__proto__",
  "constructor",
]

/** The same for every run, so that a build is held to the same each time. */
const seed = 43172779
const runs = 200

/** A refusal is an answer, too. */
const tried = (reader: StrangersReader) => (text: string) => {
  try {
    reader.read(text)
  } catch {
    // fuzzing looks at what is thrown
  }
}

describe("a time that grows", () => {
  it("with the square of a text's length is told from one that grows with its length", () => {
    const linear = (text: string) => text.replace(/a/g, "b")
    const square = (text: string) => {
      for (let at = 0; at < text.length; at += 1) {
        text.lastIndexOf("b", text.length - at)
      }
    }
    expect(growthOf(linear, "a", 16_384)).toBeLessThan(mostGrowth)
    // What is under way in other threads and programs can hide it once.
    const growths = [1, 2, 3].map(() => growthOf(square, "a", 16_384))
    expect(Math.max(...growths)).toBeGreaterThan(mostGrowth)
  })

  it("with a text's length is told from one that grows with its square, where a long text takes a step more for each character", () => {
    const stepped = (text: string) => {
      for (let time = text.length > 8_000 ? 5 : 1; time > 0; time -= 1) {
        text.replace(/a/g, "b")
      }
    }
    expect(growthOf(stepped, "a", 32_768)).toBeLessThan(mostGrowth)
  })
})

/** Each reader is given another part of the units; the deep tests give it all of them. */
const parts = 4

const nthReaders = readers.map((reader, nth) => ({ ...reader, reader, nth }))

describe.each(nthReaders)("$name", ({ reader, nth }) => {
  it("is read in a time that grows with its length, whichever of a fourth of the units it is made of", () => {
    const part = units.filter((_, place) => place % parts === nth % parts)
    expect(fastGrowing(reader, part)).toEqual([])
  })

  it("is read or refused, and never breaks its reader, whatever it is", () => {
    fuzz(reader, { runs, seed })
  })

  it("writes into no other object, whatever its fields are called", () => {
    for (const text of polluting) {
      tried(reader)(text)
    }
    expect(Reflect.get({}, "polluted")).toBeUndefined()
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})
