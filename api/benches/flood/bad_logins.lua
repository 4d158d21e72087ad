-- For wrk: sign-ins that fail, each with a name of its own, and the statuses they were answered with.
local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init()
  count = 0
  statuses = {}
end

function request()
  count = count + 1
  local body = string.format('{"username":"nobody-%d-%d","password":"not the password of %d"}', number, count, count)
  return wrk.format("POST", "/api/auth/login", {
    ["Content-Type"] = "application/json",
    ["Sec-Fetch-Site"] = "same-origin",
  }, body)
end

function response(status)
  statuses[status] = (statuses[status] or 0) + 1
end

function done()
  local all = {}
  for _, thread in ipairs(threads) do
    for status, times in pairs(thread:get("statuses")) do
      all[status] = (all[status] or 0) + times
    end
  end
  for status, times in pairs(all) do
    print(string.format("answered %d: %d", status, times))
  end
end
