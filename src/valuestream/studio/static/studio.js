// The page's behaviour: small modules over what the server renders. None of them keeps anything of the field.

import "./live.js";
import "./settings.js";
import "./operations.js";
import "./fields.js";
import "./picture.js";
import "./dragging.js";
import "./text.js";
import "./upload.js";
import "./completion.js";
import "./overview.js";
