-- Whole cases over HTTP, for wrk with one thread: files a complaint and adds a receipt and a photo, each step durable
-- when it is answered. Each connection takes the next step that is due, of whatever case. At the end: cases and steps.
--
-- From the environment: TOKEN, TODAY, MERCHANTS (identifier=name, separated by commas).

local merchants, due, run = {}, {}, string.format("%08x", os.time() * 7919 % 0xffffffff)
local filed = 0
done_cases, wrong, first_fault = 0, 0, ""

function setup(thread)
    made = thread
end

function init()
    math.randomseed(os.time())
    run = run .. string.format("%06x", math.random(0xffffff))
    for id, name in string.gmatch(os.getenv("MERCHANTS"), "([^=,]+)=([^,]+)") do
        merchants[#merchants + 1] = { id = id, name = name }
    end
end

local function post(path, content, body, key)
    return wrk.format("POST", path, {
        ["Authorization"] = "Bearer " .. os.getenv("TOKEN"), ["Content-Type"] = content, ["Idempotency-Key"] = key }, body)
end

function request()
    local step = table.remove(due, 1)
    if step then
        local path = "/api/v1/cases/" .. step.number .. "/evidence?kind=" .. step.kind .. "&name=" .. step.kind .. ".png"
        return post(path, "image/png", "\137PNG\r\n\26\n" .. run .. step.number .. step.kind, run .. step.number .. step.kind)
    end
    filed = filed + 1
    local key = run .. filed
    local merchant = merchants[1 + filed % #merchants]
    return post("/api/v1/cases", "application/json", string.format(
        '{"channel":"phone","merchant":"%s","merchant_name":"%s","order":"%s","matter":"overcharge","occurred_on":"%s",'
        .. '"paid_fen":200,"claimed_fen":100,"story":"多收了钱 %s","wanted":"退还多收的钱","claimant":{"name":"游客%d",'
        .. '"identity":"11010119%010d","phone":"138%08d"},"facts":{"affectedAmount":"1.00"},'
        .. '"payee":{"account":"wx-%s","name":"游客%d"}}',
        merchant.id, merchant.name, key, os.getenv("TODAY"), key, filed, math.random(0, 2 ^ 31 - 1), math.random(0, 99999999),
        key, filed), key)
end

function response(status, headers, body)
    if status ~= 200 and status ~= 201 then
        wrong = wrong + 1
        if first_fault == "" then first_fault = status .. " " .. string.sub(body, 1, 200) end
        return
    end
    local number = string.match(body, '"number":"([^"]+)"')
    local wanted = string.match(body, '"awaited":%["(%w+)"')
    if wanted then
        due[#due + 1] = { number = number, kind = wanted }
    elseif string.find(body, '"name":"paying"', 1, true) then
        done_cases = done_cases + 1
    else
        wrong = wrong + 1
        if first_fault == "" then first_fault = "neither waiting nor paying: " .. string.sub(body, 1, 200) end
    end
end

function done(summary, latency, requests)
    local seconds = summary.duration / 1e6
    local cases = made:get("done_cases")
    io.write(string.format(
        "cases %d seconds %.2f persecond %.1f steps %d median_ms %.1f p99_ms %.1f errors %d\n", cases, seconds, cases / seconds,
        summary.requests, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
        made:get("wrong") + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
    if made:get("first_fault") ~= "" then io.write("first fault: " .. made:get("first_fault") .. "\n") end
end
