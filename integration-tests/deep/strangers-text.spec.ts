import { fuzz } from "../strangers-text/fuzz"
import { fastGrowing } from "../strangers-text/growth"
import { units } from "../strangers-text/hostile-text"
import { readers } from "../strangers-text/readers"
import { seedOfRun } from "../http/support/chance"
import { tell } from "../http/support/tell"

jest.setTimeout(1_800_000)

/** In all, for the readers together. */
const inputs = 100_000

describe("text that strangers send", () => {
  const seed = seedOfRun()
  const runs = Math.ceil(inputs / readers.length)

  beforeAll(() => {
    tell(
      `strangers' text: seed ${seed} (DEEP_SEED repeats it), ${runs} texts for each of ${readers.length} readers`
    )
  })

  describe.each(readers.map((reader) => ({ ...reader, reader })))("$name", ({ reader }) => {
    it("is read in a time that grows with its length, whatever it is made of", () => {
      expect(fastGrowing(reader, units)).toEqual([])
    })

    it("is read or refused, and never breaks its reader", () => {
      fuzz(reader, { runs, seed })
    })
  })
})
