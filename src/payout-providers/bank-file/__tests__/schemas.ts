import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { validateXML } from "xmllint-wasm"

const root = join(__dirname, "../../../..")

/** ISO 20022's schemas are not part of the project: they are looked for in a folder beside it. */
const folders = [
  process.env.ISO20022_SCHEMAS ?? "",
  join(root, "../shared/schemas"),
  join(root, "../../shared/schemas"),
]

function schemaFile(message: string): string | undefined {
  return folders
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, `${message}.xsd`))
    .find((file) => existsSync(file))
}

/** A test of what a schema says; skipped, with the reason in its title, where the schema is not there. */
export function itAgainstSchema(
  message: string,
  sentence: string,
  test: (problemsOf: (xml: string) => Promise<string[]>) => Promise<void>
): void {
  itAgainstSchemas([message], sentence, async (problemsOf) => {
    await test((xml) => problemsOf(message, xml))
  })
}

/** The same of several messages: `problemsOf` is told by which of them a text is looked at. */
export function itAgainstSchemas<Message extends string>(
  messages: readonly Message[],
  sentence: string,
  test: (problemsOf: (message: Message, xml: string) => Promise<string[]>) => Promise<void>
): void {
  const schemas = new Map<Message, string>()
  for (const message of messages) {
    const file = schemaFile(message)
    if (file === undefined) {
      it.skip(`${sentence} (skipped: ${message}.xsd is in no folder that ISO20022_SCHEMAS or a folder beside the project names)`, () => {})
      return
    }
    schemas.set(message, readFileSync(file, "utf8"))
  }
  it(sentence, async () => {
    await test(async (message, xml) => {
      const { errors } = await validateXML({
        xml: [{ fileName: "message.xml", contents: xml }],
        schema: [schemas.get(message) ?? ""],
      })
      return errors.map(({ message: problem }) => problem)
    })
  })
}
