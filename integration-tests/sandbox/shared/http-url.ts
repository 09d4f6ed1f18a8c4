/** The URL a text stands for, if it is an absolute http or https one; `javascript:` and the like are not. */
export function parseHttpUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  return url.protocol === "http:" || url.protocol === "https:" ? url : undefined
}
