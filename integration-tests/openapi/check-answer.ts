import { readFileSync } from "node:fs"
import { join } from "node:path"
import Ajv from "ajv/dist/2020"
import type { AxiosResponse } from "axios"
import type { OpenApiDocument } from "./document"

const documentFile = join(__dirname, "../../docs/openapi.json")
const document: OpenApiDocument = JSON.parse(readFileSync(documentFile, "utf8"))

const ajv = new Ajv({ strict: false, validateFormats: false })
ajv.addSchema({ ...document, $id: "document" })

/**
 * Compares an answer of a real shop with `docs/openapi.json`: its status, and its body where the request chose no
 * `fields` of its own. The body may hold no more than the document tells. Routes of Medusa's own pass.
 *
 * @throws Error with what the document does not tell
 */
export function checkAnswer(
  method: "get" | "post",
  url: string,
  answer: Pick<AxiosResponse, "status" | "data">
): void {
  const [pathname = "", search = ""] = url.split("?", 2)
  const path = [pathname, ...Object.keys(document.paths)].find(
    (one) => document.paths[one] && patternOf(one).test(pathname)
  )
  const operation = path === undefined ? undefined : document.paths[path]?.[method]
  if (path === undefined || !operation) {
    return
  }
  const where = `${method} ${path}: HTTP ${answer.status}`
  const response = operation.responses[answer.status]
  if (!response) {
    throw new Error(`${where} is not in docs/openapi.json`)
  }
  if (
    answer.status >= 300 ||
    search.includes("fields=") ||
    !("application/json" in contentOf(response))
  ) {
    return
  }
  const pointer = [
    "paths",
    path,
    method,
    "responses",
    answer.status,
    "content",
    "application/json",
    "schema",
  ]
  const validate = ajv.getSchema(`document#/${pointer.map(escaped).join("/")}`)
  if (!validate?.(answer.data)) {
    throw new Error(
      `${where} is not as docs/openapi.json says: ${ajv.errorsText(validate?.errors)}`
    )
  }
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`)
}

function contentOf(response: Record<string, unknown>): object {
  return typeof response.content === "object" && response.content !== null ? response.content : {}
}

function escaped(part: string | number): string {
  return encodeURIComponent(String(part).replaceAll("~", "~0").replaceAll("/", "~1"))
}
