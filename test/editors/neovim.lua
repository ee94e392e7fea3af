-- Drives the language server by neovim's own client, as an author would, and writes down what came of it.
-- Works with neovim 0.7 (which only takes pushed diagnostics) and newer.
local folder = vim.env.TEST_FOLDER
local result = { logged = {}, errors = {} }
local client_id

local function wait(what, condition)
  if not vim.wait(15000, condition, 10) then
    error('waited in vain for ' .. what)
  end
end

local function lines()
  return vim.api.nvim_buf_get_lines(0, 0, -1, false)
end

-- Puts the cursor on a piece of the text. Lua counts bytes, as neovim does.
local function go_to(piece)
  for row, line in ipairs(lines()) do
    local start = line:find(piece, 1, true)
    if start then
      vim.api.nvim_win_set_cursor(0, { row, start - 1 })
      return
    end
  end
  error('there is no ' .. piece)
end

local function encoding()
  return vim.lsp.get_client_by_id(client_id).offset_encoding
end

local function ask(method)
  local params = vim.lsp.util.make_position_params(0, encoding())
  local answers = vim.lsp.buf_request_sync(0, method, params, 15000)
  local answer = answers and answers[client_id] or {}
  if answer.error or answer.err then
    error(method .. ': ' .. vim.inspect(answer))
  end
  return answer.result
end

local function diagnostics()
  local found = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do
    local text = vim.api.nvim_buf_get_lines(0, one.lnum, one.lnum + 1, false)[1]
    local at = text:sub(one.col + 1, one.end_col)
    table.insert(found, { severity = one.severity, message = one.message, at = at })
  end
  return found
end

local function start()
  vim.cmd('edit ' .. vim.fn.fnameescape(folder .. '/letter.prompt'))
  vim.bo.filetype = 'prompt-template'
  local config = {
    name = 'prompt',
    cmd = vim.fn.json_decode(vim.env.TEST_SERVER),
    root_dir = folder,
    handlers = {
      ['window/logMessage'] = function(_, message)
        table.insert(result.logged, message.message)
      end,
    },
    on_error = function(code, err)
      table.insert(result.errors, tostring(code) .. ' ' .. vim.inspect(err))
    end,
    on_exit = function(code, signal)
      result.exit = { code = code, signal = signal }
    end,
  }
  if vim.lsp.start then
    client_id = vim.lsp.start(config)
  else
    client_id = vim.lsp.start_client(config)
    vim.lsp.buf_attach_client(0, client_id)
  end
  wait('the server', function()
    local client = vim.lsp.get_client_by_id(client_id)
    return client and client.initialized
  end)
end

local function drive()
  start()
  wait('diagnostics', function()
    return #vim.diagnostic.get(0) > 0
  end)
  result.diagnostics = diagnostics()

  -- An edit in the middle, behind a character of four bytes.
  go_to('<<nmae>>')
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  vim.api.nvim_buf_set_text(0, row - 1, column, row - 1, column + #'<<nmae>>', { '<<name>>' })
  wait('no diagnostics', function()
    return #vim.diagnostic.get(0) == 0
  end)

  go_to('name>>')
  result.hover = ask('textDocument/hover')

  vim.api.nvim_buf_set_lines(0, -1, -1, false, { '😀 <<na' })
  vim.api.nvim_win_set_cursor(0, { vim.api.nvim_buf_line_count(0), #'😀 <<na' })
  local completion = ask('textDocument/completion')
  local items = completion.items or completion
  result.labels = vim.tbl_map(function(item)
    return item.label
  end, items)
  result.formats = vim.tbl_map(function(item)
    return item.insertTextFormat or 1
  end, items)
  local chosen = vim.tbl_filter(function(item)
    return item.label == 'name'
  end, items)[1]
  vim.lsp.util.apply_text_edits({ chosen.textEdit }, vim.api.nvim_get_current_buf(), encoding())
  result.completed = lines()[vim.api.nvim_buf_line_count(0)]

  go_to('name>>')
  vim.lsp.buf.rename('first_name')
  wait('the new name', function()
    return vim.fn.search('<<first_name>>', 'nw') > 0
  end)
  vim.cmd('silent wall')
  result.encoding = encoding()

  vim.lsp.get_client_by_id(client_id).stop()
  wait('the end of the server', function()
    return result.exit ~= nil
  end)
end

local ok, failure = xpcall(drive, debug.traceback)
if not ok then
  result.failure = failure
end
vim.fn.writefile({ vim.fn.json_encode(result) }, vim.env.TEST_RESULT)
vim.cmd('qall!')
