/* The door: show a password, and passkeys by way of allauth's own scripts. */
(function () {
  'use strict';

  document.querySelectorAll('[data-shows]').forEach(function (button) {
    var input = document.getElementById(button.dataset.shows);
    button.hidden = false;
    button.addEventListener('click', function () {
      var shown = input.type === 'password';
      input.type = shown ? 'text' : 'password';
      button.setAttribute('aria-pressed', String(shown));
      button.setAttribute('aria-label', shown ? '隐藏密码' : '显示密码');
    });
  });

  document.querySelectorAll('[data-passkey]').forEach(function (button) {
    if (!window.allauth || !window.PublicKeyCredential) {
      button.disabled = true;
      say('这个浏览器或这个网址不能用通行密钥，请用密码登录。');
      return;
    }
    var ids = { credential: button.dataset.credential };
    if (button.dataset.data) ids.data = button.dataset.data;
    if (button.dataset.passwordless) ids.passwordless = button.dataset.passwordless;
    ids[{ loginForm: 'login', addForm: 'add', authenticateForm: 'authenticate' }[button.dataset.passkey]] = button.id;
    window.allauth.webauthn.forms[button.dataset.passkey]({ ids: ids });
  });

  document.addEventListener('allauth.error', function (event) {
    event.preventDefault();
    say('没有读到通行密钥，请再按一次，或用密码登录。');
  });

  function say(text) {
    var place = document.getElementById('passkey-problem');
    if (place) {
      place.textContent = text;
      place.hidden = false;
    }
  }
})();
