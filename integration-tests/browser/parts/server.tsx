import { renderToString } from "react-dom/server"
import { Page, type PageProps } from "./page"

/** The page's HTML, as a shop's server sends it. */
export function render(props: PageProps): string {
  const storeFetch = async () => {
    throw new Error("a server that renders asks nothing")
  }
  return renderToString(<Page {...props} storeFetch={storeFetch} onOrder={() => {}} />)
}
