-- Neovim opens a template, is told of its faults, suppresses one, mends another, and closes it; what it sees goes to a file.
local python, path, result = vim.env.WA_IAC_PYTHON, vim.env.WA_IAC_FILE, vim.env.WA_IAC_RESULT
local lines = {}
local function say(text) table.insert(lines, text) end
local function seen()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, (each.lnum + 1) .. ":" .. (each.col + 1) .. " " .. tostring(each.code))
  end
  table.sort(found)
  return table.concat(found, ", ")
end
local function wait(holds, what)
  if not vim.wait(20000, holds, 20) then say("waited in vain: " .. what .. ": " .. seen()) end
end

vim.lsp.config("wa_iac", {
  cmd = { python, "-m", "wa_iac", "lsp" }, filetypes = { "terraform", "yaml", "json" }, root_markers = { "wa-iac.toml", ".git" },
})
vim.lsp.enable("wa_iac")
vim.cmd.edit(path)
wait(function() return #vim.diagnostic.get(0) == 3 end, "diagnostics")
say("opened: " .. seen())
say("encoding: " .. vim.lsp.get_clients({ name = "wa_iac" })[1].offset_encoding)

vim.api.nvim_win_set_cursor(0, { 3, 3 })
local one = vim.tbl_filter(function(each) return each.code == "s3-versioning" end, vim.diagnostic.get(0))[1]
vim.lsp.buf.code_action({
  context = { diagnostics = { one.user_data.lsp }, only = { "quickfix" } },
  filter = function(action) return action.title == "Suppress s3-versioning here, with a reason" end,
  apply = true,
})
wait(function() return #vim.diagnostic.get(0) == 4 end, "suppression")
say("offered: " .. seen())
say(vim.api.nvim_buf_get_lines(0, 2, 3, false)[1])
vim.cmd("silent %substitute/<.*>/rebuilt every night/")
wait(function() return #vim.diagnostic.get(0) == 2 end, "reason")
say("suppressed: " .. seen())

vim.cmd("silent %substitute/AWS::S3::Bucket/AWS::SNS::Subscription/")
vim.cmd("silent write")
wait(function() return #vim.diagnostic.get(0) == 0 end, "mending")
say("mended: " .. seen())
vim.fn.writefile(lines, result)
vim.cmd("quitall!")
