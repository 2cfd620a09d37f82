# 循环神经网络从零开始实现
import torch
import random
import math
import time

def get_params(vocab_size, num_hiddens, device):
    num_inputs=num_outputs=vocab_size
    def normal(shape):
        return torch.randn(size=shape,device=device)*0.01
    #隐藏层参数
    W_xh=normal((num_inputs,num_hiddens))
    W_hh=normal((num_hiddens,num_hiddens))
    b_h=torch.zeros(num_hiddens,device=device)
    #输出层参数
    W_hq=normal((num_hiddens,num_outputs))
    b_q=torch.zeros(num_outputs,device=device)
    params=[W_xh,W_hh,b_h,W_hq,b_q]
    for param in params:
        param.requires_grad_(True)
    return params

def init_rnn_state(batch_size,num_hiddens,device):
    #初始化隐状态
    return (torch.randn((batch_size,num_hiddens),device=device),)

def rnn(inputs,state,params):
    W_xh,W_hh,b_h,W_hq,b_q=params
    H,=state
    outputs=[]
    for X in inputs:
        H=torch.tanh(torch.mm(X,W_xh)+torch.mm(H,W_hh)+b_h)
        Y=torch.mm(H,W_hq)+b_q
        outputs.append(Y)
    return torch.cat(outputs,dim=0),(H,)

#梯度裁剪
def grad_clipping(params,theta):
    norm=torch.sqrt(sum(torch.sum((p.grad**2)) for p in params))
    if norm>theta:
        for param in params:
            param.grad[:]*=theta/norm

vocab_size,num_hiddens,num_steps,batch_size=28,512,35,32
device=torch.device('cuda:0' if torch.cuda.is_available() else 'cpu')
params=get_params(vocab_size,num_hiddens,device)
start=time.time()
for epoch in range(1):
    state=init_rnn_state(batch_size,num_hiddens,device)
    X=torch.zeros(num_steps,batch_size,vocab_size,device=device)
    Y,state=rnn(X,state,params)
print(Y.shape,f'{time.time()-start:.2f}s')
