import { leaveFor } from "../leave-for"

class Element {
  readonly children: unknown[] = []
  submitted = 0
  append(child: unknown): void {
    this.children.push(child)
  }
  submit(): void {
    this.submitted += 1
  }
}

function page() {
  const visited: string[] = []
  const body = new Element()
  const location = { assign: (url: string) => void visited.push(url) }
  return { visited, body, location, createElement: () => new Element() }
}

describe("leaveFor", () => {
  it("follows a link", () => {
    const { visited, ...document } = page()
    leaveFor({ type: "redirect", url: "https://pay.example/1" }, document)
    expect(visited).toEqual(["https://pay.example/1"])
  })

  it("posts a form with every field as it is", () => {
    const { visited, ...document } = page()
    const fields = { amount: "50.00", merchantRedirectUrl: "https://shop.example/?a=1&b=2" }
    leaveFor({ type: "post_form", url: "https://pay.example/form", fields }, document)
    const [form] = document.body.children
    expect(form).toMatchObject({
      method: "post",
      action: "https://pay.example/form",
      submitted: 1,
      children: [
        { type: "hidden", name: "amount", value: "50.00" },
        { type: "hidden", name: "merchantRedirectUrl", value: "https://shop.example/?a=1&b=2" },
      ],
    })
    expect(visited).toEqual([])
  })
})
