import { describe, expect, it } from "@jest/globals"
import { assertUserHasName, serverAccount } from "../server-account.mjs"

const passwd =
  "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65533:nobody:/nonexistent:/bin/false\n"
const linux = /** @type {const} */ ({ platform: "linux", passwd })

describe("serverAccount", () => {
  it("tells root what to do where there is no nobody", () => {
    expect(() => serverAccount({ ...linux, uid: 0, passwd: "root:x:0:0::/root:/bin/sh" })).toThrow(
      /no user "nobody".*ordinary user.*DATABASE_URL/
    )
  })

  it("refuses root on systems other than Linux", () => {
    expect(() => serverAccount({ ...linux, uid: 0, platform: "darwin" })).toThrow(/ordinary user/)
  })

  it("lets everybody but root run the server themselves", () => {
    expect(serverAccount({ ...linux, uid: 1000 })).toBeUndefined()
    expect(serverAccount({ ...linux, uid: 1000, passwd: "" })).toBeUndefined()
  })

  it("has root's server run as nobody", () => {
    expect(serverAccount({ ...linux, uid: 0 })).toEqual({ uid: 65534, gid: 65533 })
  })

  it("has root's server run as the owner of data that exists", () => {
    const dataOwner = { uid: 1000, gid: 1001 }
    expect(serverAccount({ ...linux, uid: 0, dataOwner })).toEqual(dataOwner)
  })
})

describe("assertUserHasName", () => {
  it("says what to add where a container's user has no name", () => {
    const lookUp = () => {
      throw new Error("ENOENT: no such file or directory, uv_os_get_passwd")
    }
    expect(() => assertUserHasName(12345, lookUp)).toThrow("me:x:12345:0::/tmp:/bin/sh")
  })

  it("lets a user with a name pass", () => {
    expect(() => assertUserHasName(1000, () => ({ username: "me" }))).not.toThrow()
  })
})
